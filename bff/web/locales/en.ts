export const en = {
  'language.switch': 'Language',

  'home.title': 'Mimicit: make something from a picture you see',
  'home.heading.see': 'See a picture.',
  'home.heading.make': 'Make something from it.',
  'home.lead':
    'Mimicit lives in Chrome’s side panel. Pick a picture on the page you are reading, say what you want, and a model makes a new one. You never leave the page.',
  'home.account': 'Your account',
  'home.signed-in': 'You are signed in as {name}.',
  'home.signed-out': 'You are not signed in.',
  'home.sign-in': 'Sign in',
  'home.sign-out': 'Sign out',
  'home.with.embedded': 'This backend runs for development: you sign in with an account kept on this machine.',
  'home.with.google': 'You sign in with your Google account. Mimicit never sees a password.',
  'home.panel': 'Open the panel',
  'home.panel.icon': 'Click the Mimicit icon in Chrome’s toolbar. If you do not see it, look behind the puzzle piece.',
  'home.panel.menu': 'Or right-click a picture on any page and choose “Generate from image”.',
  'home.panel.generate': 'Write what you want and press Generate. The price is on the button.',
  'home.pictures': 'What happens to pictures',
  'home.pictures.before': 'Before Generate',
  'home.pictures.before.text': 'A picture stays on your computer.',
  'home.pictures.sent': 'Pictures you send',
  'home.pictures.sent.text': 'They are used for this one job and are not kept.',
  'home.pictures.results': 'Results',
  'home.pictures.results.text': 'They are stored encrypted, for you alone, until you delete them.',
  'home.cookies':
    'Cookies: one while you are signed in, one for the minutes of signing in, one for your language. No others. Without cookies you cannot sign in.',

  'connect.title': 'Connect the extension',
  'connect.heading': 'Connect this extension to {name}?',
  'connect.text':
    'The Mimicit extension in this browser will be signed in to this account: it can use your credits and see your history.',
  'connect.started': 'Connect only if you have just pressed “Sign in” in the panel.',
  'connect.yes': 'Connect',
  'connect.no': 'Not now',
  'connect.other': 'Use another account',
  'connect.unknown.title': 'This extension is not known',
  'connect.unknown.text':
    'The request came from an extension that does not belong to Mimicit. Nothing was connected. Install Mimicit from its own page in the Chrome Web Store.',

  'handover.title': 'Signing in the extension',
  'handover.working': 'Signing in the extension …',
  'handover.working.text': 'This takes a moment.',
  'handover.done': 'You are signed in.',
  'handover.done.text': 'You can close this page.',
  'handover.silent': 'The extension did not answer',
  'handover.silent.text':
    'Look at the Mimicit panel. If it does not show you as signed in, press “Sign in” there again.',
  'handover.missing': 'There is no Mimicit extension here',
  'handover.missing.text':
    'This browser offers no connection to it. Check on Chrome’s extensions page that Mimicit is installed and switched on, then press “Sign in” in its panel again.',
  'handover.script': 'This one step needs JavaScript. Allow it for this site, then press “Sign in” in the panel again.',

  'cancelled.title': 'Sign-in cancelled',
  'cancelled.text': 'Nothing was changed, and nothing was stored.',

  'again.sign-in': 'Sign in again',
  'again.home': 'To the start page',

  'problem.sign_in_failed': 'The sign-in did not work',
  'problem.sign_in_failed.text':
    'It took too long, was already used, or began in another browser. If this browser blocks cookies, allow them for this site: without cookies you cannot sign in.',
  'problem.signed_out': 'You are signed out',
  'problem.signed_out.text': 'Your sign-in here has ended. Nothing was changed. Sign in again to go on.',
  'problem.forbidden_origin': 'This did not come from our own page',
  'problem.forbidden_origin.text':
    'The form was sent from elsewhere or is too old, so nothing was done. Go to the start page and try again.',
  'problem.invalid_request': 'This link is not complete',
  'problem.invalid_request.text':
    'Part of the address is missing or wrong. Nothing was done. Begin again where you started.',
  'problem.too_many_requests': 'Too many requests',
  'problem.too_many_requests.text': 'Please wait a minute, then try again.',
  'problem.unavailable': 'Not available for a moment',
  'problem.unavailable.text':
    'Signing in cannot be completed right now. Nothing was changed. Please try again in a minute.',
  'problem.internal': 'Something went wrong on our side',
  'problem.internal.text': 'Nothing was charged. Please try again in a minute.',

  'embedded.title': 'Local accounts on this machine',
  'embedded.text':
    'This page stands in for Google while Mimicit runs for development. The accounts live in a file on this machine; none has a password.',
  'embedded.choose': 'Choose an account',
  'embedded.add': 'Add an account',
  'embedded.name': 'Name',
  'embedded.email': 'E-mail',
  'embedded.create': 'Add and sign in',
  'embedded.cancel': 'Cancel',
} as const
