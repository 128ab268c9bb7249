import sharp from 'sharp'
import { ProblemError } from '../../contract/problems.ts'
import { isGlb } from '../../providers/shared/file-kind.ts'
import { type ResultPicture, readResult } from './result-picture.ts'

const maxBytes = 32 * 1024 * 1024

/**
 * Looks at what a provider of 3D sent: one whole GLB, else throws provider_failed. Width and height are those of its small picture: the provider's, or a drawing of ours.
 */
export async function readModel(bytes: Buffer, preview: Buffer | undefined): Promise<ResultPicture> {
  if (bytes.length > maxBytes || !isGlb(bytes)) throw new ProblemError('provider_failed')
  const shown = (preview && (await readResult(preview).catch(() => null))) ?? (await readResult(await drawing()))
  return { ...shown, mime: 'model/gltf-binary' }
}

/** A cube: the source is not ours to keep as a picture of the result. */
const drawing = () =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="384" height="384" viewBox="0 0 24 24">
      <rect width="24" height="24" fill="#e9e6df"/>
      <g fill="none" stroke="#6b665c" stroke-width=".6" stroke-linejoin="round">
        <path d="M12 5l6 3.4v7.2L12 19l-6-3.4V8.4z M12 12l6-3.6M12 12L6 8.4M12 12v7"/>
      </g>
    </svg>`),
  )
    .png()
    .toBuffer()
