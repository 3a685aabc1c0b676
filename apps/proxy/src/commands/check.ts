import { diagnose } from '@telamon/bridge'
import type { Finding } from '@telamon/bridge'

import { print } from '../output.ts'
import { partsFrom, serverParts } from '../parts.ts'
import type { Settings } from '../settings/settings.ts'

const marks: Readonly<Record<Finding['kind'], string>> = { well: 'ok   ', note: 'note ', wrong: 'WRONG' }

/** Says in words what is wrong on the way to a server. Resolves with whether nothing is. */
export async function check(remote: URL, settings: Settings): Promise<boolean> {
  const options = { ...settings.signIn, ...partsFrom(settings), ...serverParts(settings, remote) }
  let isWell = true
  print(`telamon-proxy ${options.info.version} on Node ${process.versions.node}: ${remote.href}`)
  const { headers = {} } = options
  await diagnose({ ...options, headers }, ({ stage, kind, text }) => {
    isWell &&= kind !== 'wrong'
    print(`${marks[kind]}  ${stage.padEnd(14)}  ${text}`)
  })
  print(isWell ? 'Nothing is wrong.' : 'Something is wrong: see the lines above.')
  return isWell
}
