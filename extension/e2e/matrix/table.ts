import {
  frame,
  framed,
  type Group,
  img,
  inShadow,
  lost,
  made,
  onePixel,
  plain,
  type Row,
  redirected,
  script,
} from './rows.ts'

export const groups: Group[] = [
  {
    name: 'origins, cookies and Referer',
    rows: [
      plain('same origin', '/plain/same.png', 'frame'),
      plain('other origin, shared with all', '{there}/cors/shared.png', 'frame'),
      plain('other origin, not shared', '{there}/plain/kept.png', 'panel'),
      plain('Referer-protected, same origin', '/referer/near.png', 'frame'),
      lost('Referer-protected, other origin', '{there}/referer/far.png', 'refused'),
      plain('cookie-protected, same origin, Lax', '/lax/near.png', 'frame'),
      plain('cookie-protected, same origin, Strict', '/strict/near.png', 'frame'),
      lost('cookie-protected, other site, Lax', '{there}/lax/far.png', 'refused'),
      lost('cookie-protected, other site, shown by the page', '{there}/none/far.png', 'refused'),
      plain('kept for its own site by CORP', '{there}/corp/kept.png', 'panel'),
    ],
  },
  {
    name: 'a page whose CSP forbids fetch',
    headers: { 'content-security-policy': "connect-src 'none'" },
    rows: [
      plain('CSP: same origin', '/plain/csp.png', 'frame'),
      plain('CSP: other origin, shared with all', '{there}/cors/csp.png', 'frame'),
      plain('CSP: other origin, not shared', '{there}/plain/csp.png', 'panel'),
      plain('CSP: Referer-protected, same origin', '/referer/csp.png', 'frame'),
    ],
  },
  {
    name: 'a page whose CSP forbids pictures',
    headers: { 'content-security-policy': "img-src 'none'" },
    rows: [
      plain('img-src: same origin', '/plain/img-src.png', 'frame'),
      plain('img-src: other origin, not shared', '{there}/plain/img-src.png', 'panel'),
    ],
  },
  {
    name: 'a page that is isolated by COEP',
    headers: { 'cross-origin-embedder-policy': 'require-corp' },
    rows: [
      plain('COEP: same origin', '/plain/coep.png', 'frame'),
      plain('COEP: other origin, blocked by the page', '{there}/plain/coep.png', 'panel'),
      made(
        'COEP: other origin, shared with all',
        '<img crossorigin src="{there}/cors/coep.png">',
        '/cors/coep.png',
        'frame',
      ),
    ],
  },
  {
    name: 'addresses',
    rows: [
      made('data:', `<img>${script("asData(before(), '/plain/data.png')")}`, '/plain/data.png', 'data'),
      made(
        'data:, very long',
        `<img>${script("asData(before(), '/plain/long.png', 9000)")}`,
        '/plain/long.png',
        'frame',
      ),
      made('blob:', `<img>${script("asBlob(before(), '/plain/blob.png')")}`, '/plain/blob.png', 'frame'),
      made(
        'blob:, revoked',
        `<img>${script("asBlob(before(), '/plain/revoked.png', { revoke: true })")}`,
        '/plain/revoked.png',
        'pixels',
      ),
      plain('gone since it was shown, same origin', '/once/near.png', 'pixels'),
      lost('gone since it was shown, other origin', '{there}/once/far.png', 'gone'),
      made(
        'srcset, x, commas in the addresses',
        '<img src="/plain/no.png" srcset="/plain/one,2x,-240x160.png 1x,/plain/two,3x,-480x320.png 2x">',
        '/plain/two,3x,-480x320.png',
        'frame',
      ),
      made(
        'srcset, w and sizes',
        '<img src="/plain/no.png" sizes="300px" srcset="/plain/narrow-100x60.png 100w, /plain/wide-900x600.png 900w, /plain/right-300x200.png 300w">',
        '/plain/wide-900x600.png',
        'frame',
      ),
      made(
        'picture, media',
        '<picture><source media="(max-width: 1px)" srcset="/plain/no.png"><source media="(min-width: 1px)" srcset="/plain/media.png"><img src="/plain/no.png"></picture>',
        '/plain/media.png',
        'frame',
      ),
      made(
        'picture, type',
        '<picture><source type="image/unheard-of" srcset="/plain/no.png"><source type="image/avif" srcset="/plain/typed.avif"><img src="/plain/no.png"></picture>',
        '/plain/typed.avif',
        'frame',
      ),
      made(
        'picture, the sizes of the source that matches, not those of the others',
        '<picture><source media="(min-width: 1px)" srcset="/plain/matching-90x60.png, /plain/matching-180x120.png 2x"><source srcset="/plain/later-900x600.png 9x"><img src="/plain/no.png" srcset="/plain/portrait-600x900.png 8x"></picture>',
        '/plain/matching-180x120.png',
        'frame',
      ),
      made(
        'picture, another format of a larger size',
        '<picture><source type="image/avif" srcset="/plain/modern-90x60.avif 90w"><img src="/plain/no.png" sizes="90px" srcset="/plain/classic-90x60.png 90w, /plain/classic-360x240.png 360w"></picture>',
        '/plain/classic-360x240.png',
        'frame',
      ),
      made(
        'srcset, the largest on another origin',
        '<img src="/plain/no.png" sizes="90px" srcset="/plain/near-90x60.png 90w, {there}/plain/far-360x240.png 360w">',
        '/plain/far-360x240.png',
        'panel',
      ),
      {
        ...made(
          'srcset, the largest is gone',
          '<img src="/plain/no.png" sizes="90px" srcset="/plain/still-90x60.png 90w, /gone/away-360x240.png 360w">',
          '/plain/still-90x60.png',
          'frame',
        ),
        tried: '/gone/away-360x240.png',
      },
      {
        ...made(
          'srcset, the largest is too large',
          '<img src="/plain/no.png" sizes="90px" srcset="/plain/fit-90x60.png 90w, /plain/giant-8000x8000.jpg 8000w">',
          '/plain/fit-90x60.png',
          'frame',
        ),
        tried: '/plain/giant-8000x8000.jpg',
      },
      made(
        'data-src, put in place by the page',
        `<img data-src="/plain/put.png">${script('afterLoad(before(), before().dataset.src)')}`,
        '/plain/put.png',
        'frame',
      ),
      redirected('redirected, same origin', '/to/near', '{here}/plain/aim.png', 'frame'),
      redirected('redirected to another origin', '/to/far', '{there}/plain/aim.png', 'panel'),
    ],
  },
  {
    name: 'far below',
    far: true,
    rows: [made('lazy', '<img loading="lazy" src="/plain/lazy.png">', '/plain/lazy.png', 'frame')],
  },
  {
    name: 'frames and shadow roots',
    rows: [
      inShadow('shadow root, open', 'open'),
      inShadow('shadow root, closed', 'closed'),
      framed('frame, same origin', '/plain/framed.png', 'frame', html => frame('{here}', html)),
      framed('frame, other origin, Referer-protected', '{there}/referer/framed.png', 'frame', html =>
        frame('{there}', html),
      ),
      framed('frame in a frame of another origin', '{here}/plain/nested.png', 'frame', html =>
        frame('{there}', frame('{here}', html, 'style="width:140px;height:100px;border:0"')),
      ),
      framed('frame, sandboxed', '{here}/plain/sandboxed.png', 'panel', html => frame('{here}', html, 'sandbox')),
    ],
  },
  {
    name: 'formats',
    rows: [
      plain('JPEG', '/plain/photograph.jpg', 'frame'),
      plain('AVIF', '/plain/still.avif', 'frame'),
      plain('GIF, animated', '/plain/moving.gif', 'frame'),
      plain('WebP, animated, from the panel', '{there}/plain/moving.webp', 'panel'),
      plain('SVG with a size', '/plain/drawing-300x200.svg', 'frame'),
      plain('SVG without a size', '{there}/plain/drawing.svg', 'panel'),
      plain('JPEG of 49 megapixels', '{there}/plain/large-7000x7000.jpg', 'panel'),
      lost('HEIC', '/plain/photograph.heic', 'heic'),
      lost('JPEG of 64 megapixels', '{there}/plain/huge-8000x8000.jpg', 'too_many_pixels'),
    ],
  },
  {
    name: 'no picture comes',
    rows: [
      lost('0 bytes', '/empty/nothing.png', 'not_a_picture'),
      lost('404', '{there}/gone/away.png', 'gone'),
      lost('a page to sign in, called a picture', '/words/gate.png', 'not_a_picture'),
      lost('redirected to data:', '/to/data?data:image/png;base64,iVBORw0KGgo=', 'dead_redirect'),
      lost('redirected to data:, other origin', '{there}/to/data?data:image/png;base64,iVBORw0KGgo=', 'dead_redirect'),
      lost('redirected to blob:', '/to/blob?blob:{here}/7a1c', 'dead_redirect'),
    ],
  },
  {
    name: 'shown in other ways',
    rows: [
      made('object-fit', '<img style="object-fit:cover;height:50px" src="/plain/cut.png">', '/plain/cut.png', 'frame'),
      made('turned by CSS', '<img style="rotate:90deg" src="/plain/turned.png">', '/plain/turned.png', 'frame'),
      {
        ...made(
          'image map',
          '<img usemap="#map" src="/plain/map.png"><map name="map"><area shape="rect" coords="0,0,130,90" href="/elsewhere"></map>',
          '/plain/map.png',
          'frame',
        ),
        click: true,
      },
      {
        ...made(
          'under a transparent picture of one pixel',
          `<div style="position:relative;width:130px"><img src="/plain/covered.png"><img src="${onePixel}" style="position:absolute;left:0;width:130px;height:90px"></div>`,
          '/plain/covered.png',
          'frame',
        ),
        click: true,
      },
      {
        ...plain('too small for the strip', '/plain/icon.png', 'frame'),
        html: '<img alt="too small for the strip" width="40" height="40" src="/plain/icon.png">',
        click: true,
        unlisted: true,
      },
    ],
  },
]

/** Pictures whose server keeps silent: to their own frame, or to the panel. */
export const silent: (Row & { asker: 'frame' | 'panel' })[] = [
  { ...plain('silence for the frame', '/never/near.png', 'frame'), asker: 'frame' },
  { ...plain('silence for the panel', '{there}/anonymous/far.png', 'panel'), asker: 'panel' },
]

/** Its first byte comes late; the page's own <img> gets it at once. */
export const slow = plain('a late answer', '/slow/late.png', 'panel')

export const endless: Row = {
  name: 'an answer without an end',
  html: `${img('an answer without an end', '')}${script("afterLoad(before(), '/endless/more.png')")}`,
  says: 'too_big',
}

/** What looks like a picture, or once was one, and is none that a person can pick (R14). */
export const neverListed: { name: string; html: string }[] = [
  {
    name: 'input type=image',
    html: '<input type="image" alt="input type=image" src="/plain/input.png" width="130" height="90">',
  },
  { name: 'CSS background', html: '<b class="never" style="background:url(/plain/background.png)"></b>' },
  { name: '::before', html: '<b class="never before"></b>' },
  { name: 'canvas', html: '<canvas class="never" width="130" height="90"></canvas>' },
  { name: 'video poster', html: '<video class="never" poster="/plain/poster.png" width="130" height="90"></video>' },
  {
    name: 'svg image',
    html: '<svg class="never" width="130" height="90"><image href="/plain/in-svg.png" width="130" height="90"/></svg>',
  },
  { name: 'display: none', html: img('display: none', 'style="display:none" src="/plain/none.png"') },
  { name: 'visibility: hidden', html: img('visibility: hidden', 'style="visibility:hidden" src="/plain/hidden.png"') },
  { name: 'opacity: 0', html: img('opacity: 0', 'style="opacity:0" src="/plain/clear.png"') },
  { name: 'off-screen', html: img('off-screen', 'style="position:absolute;left:-999px" src="/plain/off.png"') },
  { name: 'a placeholder of one pixel', html: img('placeholder', `src="${onePixel}" data-src="/plain/waiting.png"`) },
  { name: 'an address that nobody can read', html: img('odd', 'src="odd:thing"') },
  { name: '0 x 0', html: '<img alt="0 x 0" width="0" height="0" src="/plain/dot.png">' },
]
