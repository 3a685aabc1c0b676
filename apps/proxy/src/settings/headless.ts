/** Whether a browser that is opened here would be seen by nobody: over SSH, or without a display. */
export function isHeadless(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (environment['BROWSER']) return false
  if (environment['SSH_CONNECTION'] ?? environment['SSH_TTY']) return true
  const isWsl = environment['WSL_DISTRO_NAME'] !== undefined
  const hasDisplay = Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'])
  return platform === 'linux' && !isWsl && !hasDisplay
}
