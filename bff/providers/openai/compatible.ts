import { createEgress, type Egress } from '../egress/egress.ts'
import type { DirectProvider } from '../provider.ts'
import { callImages } from './call.ts'
import { type CompatibleParameters, wrongCompatible } from './parameters.ts'

/**
 * Servers on the operator's own machines that speak OpenAI's API for pictures. Where they are stands in the catalogue
 * entry; an entry reaches its own server and no other.
 */
export function createCompatibleProvider({ now }: { now: () => number }): DirectProvider {
  const egresses = new Map<string, Egress>()

  function egressTo(baseUrl: string): Egress {
    const egress = egresses.get(baseUrl) ?? createEgress({ hosts: [{ base: baseUrl }] })
    egresses.set(baseUrl, egress)
    return egress
  }

  return {
    way: 'direct',
    // It may be a proxy that pays a provider for each call.
    repeatable: false,
    wrongParameters: wrongCompatible,
    call(request, control) {
      const parameters = request.parameters as CompatibleParameters
      const { key, baseUrl } = parameters
      return callImages({ key, baseUrl, egress: egressTo(baseUrl), now }, request, parameters, control)
    },
    async close() {
      await Promise.all([...egresses.values()].map(egress => egress.close()))
    },
  }
}
