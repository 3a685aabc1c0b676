import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder that keeps sign-ins, where the system wants such things to be. */
export function stateFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'telamon', 'proxy')
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'telamon', 'proxy')
  const state = environment['XDG_STATE_HOME']
  // The specification of the XDG folders: a relative path is to be ignored.
  const base = state?.startsWith('/') ? state : join(homedir(), '.local', 'state')
  return join(base, 'telamon', 'proxy')
}
