/** How one client is connected. */
export interface ClientGuide {
  readonly client: string
  /** What to do, in a sentence. */
  readonly step: string
  /** A command or a file, to be copied as it is. */
  readonly code: string
}

/** What guides are written for. */
export interface GuideOptions {
  /** What clients call this server: `telamon`. */
  readonly key: string
  /** The address of MCP. */
  readonly url: string
  /** Whether only this machine reaches it, so that clients in a cloud do not. */
  readonly loopback: boolean
}

/** How common clients are connected, those with the fewest steps first. */
export function clientGuides({ key, url, loopback }: GuideOptions): readonly ClientGuide[] {
  const connector = {
    client: 'Claude',
    step: 'Under Settings, Connectors, add a custom connector with this address.',
    code: url,
  }
  return [
    {
      client: 'Claude Code',
      step: 'Run this, then choose the server under /mcp to sign in.',
      code: `claude mcp add --transport http ${key} ${url}`,
    },
    ...(loopback ? [] : [connector]),
    {
      client: 'VS Code',
      step: 'Put this into .vscode/mcp.json and choose Start above it.',
      code: JSON.stringify({ servers: { [key]: { type: 'http', url } } }, null, 2),
    },
    {
      client: 'Cursor',
      step: 'Put this into .cursor/mcp.json in your project or your home folder.',
      code: JSON.stringify({ mcpServers: { [key]: { url } } }, null, 2),
    },
    {
      client: 'Programs that start a command',
      step: 'Claude Desktop and others without remote servers talk to a small proxy on your machine.',
      code: JSON.stringify(
        { mcpServers: { [key]: { command: 'npx', args: ['-y', '@telamon/proxy', url] } } },
        null,
        2,
      ),
    },
  ]
}
