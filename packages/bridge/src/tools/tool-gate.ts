import type { RequestDetails } from '../details.ts'
import type { Request } from '../message.ts'
import { errorOf } from '../message.ts'
import type { Remote } from '../remote/remote.ts'
import type { Catalogue } from './catalogue.ts'
import type { ToolFilter } from './tool-filter.ts'

/** Refuses calls of tools that are hidden. Undefined: the call may go on. */
export type ToolGate = (
  request: Request,
  details: RequestDetails,
  remote: Remote,
) => Promise<Buffer | undefined>

/** What a gate is made of. */
export interface ToolGateOptions {
  readonly filter: ToolFilter
  readonly catalogue: Catalogue
  /** Reads the server's list of tools. */
  readonly learnTools: (remote: Remote) => Promise<void>
}

/** Makes a gate. Of a tool whose hints decide and are not known, the server is asked first. */
export function createToolGate({ filter, catalogue, learnTools }: ToolGateOptions): ToolGate {
  return async (request, { name = '' }, remote) => {
    if (request.method !== 'tools/call' || filter.isOpen) return undefined
    if (filter.permitsName(name)) {
      if (!filter.needsHints) return undefined
      if (catalogue.isReading(name) === undefined) await learnTools(remote)
      if (catalogue.isReading(name) === true) return undefined
    }
    const message =
      'This tool is hidden by the settings of the proxy. Nothing was done. Use one of the tools in the list.'
    return errorOf(request.id, { code: -32_602, message })
  }
}
