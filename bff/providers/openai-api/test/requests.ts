import type { ImageRequest } from '../../provider.ts'
import { imageRequest as anyImageRequest } from '../../test/requests.ts'
import type { ImagesParameters } from '../image-parameters.ts'

export const parameters: ImagesParameters = {
  size: { step: 16, maxSide: 3840, maxRatio: 3, minPixels: 655_360, maxPixels: 8_294_400 },
  send: ['n', 'quality', 'background', 'output_format'],
  responseFormat: null,
  prices: { textIn: 5, pictureIn: 8, pictureOut: 30 },
}

export const imageRequest = (change: Partial<ImageRequest> = {}): ImageRequest =>
  anyImageRequest({ endpoint: 'gpt-image-2.6-flare', parameters, ...change })
