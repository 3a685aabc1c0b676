import { homedir } from 'node:os'
import { join } from 'node:path'

/** A program whose configuration `install` can write. */
export interface Client {
  readonly title: string
  /** Its configuration, on this system. */
  readonly file: (place: SystemPlace) => string
  /** The member that holds the servers. */
  readonly member: 'mcpServers' | 'servers' | 'context_servers'
  /** Members of an entry besides `command` and `args`. */
  readonly extra: Readonly<Record<string, string>>
  /** What to do before it takes effect. */
  readonly afterwards: string
}

/** Where a system keeps things. */
interface SystemPlace {
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
}

function home({ environment }: SystemPlace): string {
  return environment['HOME'] ?? environment['USERPROFILE'] ?? homedir()
}

/** The folder in which desktop programs keep their settings. */
function settingsFolder(place: SystemPlace): string {
  const { platform, environment } = place
  if (platform === 'darwin') return join(home(place), 'Library', 'Application Support')
  if (platform === 'win32') return environment['APPDATA'] ?? join(home(place), 'AppData', 'Roaming')
  return environment['XDG_CONFIG_HOME'] ?? join(home(place), '.config')
}

/** The clients, by the name that `install` takes. */
export const clients = {
  'claude-desktop': {
    title: 'Claude Desktop',
    file: (place) => join(settingsFolder(place), 'Claude', 'claude_desktop_config.json'),
    member: 'mcpServers',
    extra: {},
    afterwards: 'Quit Claude Desktop and start it again.',
  },
  'claude-code': {
    title: 'Claude Code',
    file: (place) => join(home(place), '.claude.json'),
    member: 'mcpServers',
    extra: { type: 'stdio' },
    afterwards: 'Start a new session of Claude Code.',
  },
  vscode: {
    title: 'VS Code',
    file: (place) => join(settingsFolder(place), 'Code', 'User', 'mcp.json'),
    member: 'servers',
    extra: { type: 'stdio' },
    afterwards: 'Start the server in VS Code: run the command "MCP: List Servers".',
  },
  cursor: {
    title: 'Cursor',
    file: (place) => join(home(place), '.cursor', 'mcp.json'),
    member: 'mcpServers',
    extra: {},
    afterwards: 'Switch the server on in the settings of Cursor, under MCP.',
  },
  windsurf: {
    title: 'Windsurf',
    file: (place) => join(home(place), '.codeium', 'windsurf', 'mcp_config.json'),
    member: 'mcpServers',
    extra: {},
    afterwards: 'Refresh the MCP servers in the settings of Windsurf.',
  },
  zed: {
    title: 'Zed',
    file: (place) =>
      place.platform === 'win32'
        ? join(settingsFolder(place), 'Zed', 'settings.json')
        : join(place.environment['XDG_CONFIG_HOME'] ?? join(home(place), '.config'), 'zed', 'settings.json'),
    member: 'context_servers',
    extra: { source: 'custom' },
    afterwards: 'Zed starts the server by itself.',
  },
} as const satisfies Record<string, Client>

/** The name of a client. */
export type ClientName = keyof typeof clients

/** Whether a text is the name of a client. */
export function isClientName(text: string): text is ClientName {
  return Object.hasOwn(clients, text)
}
