/** What the demo tells about itself when it is up. */
export interface Demo {
  /** The address of the MCP endpoint. */
  readonly mcp: string
  /** Origins of the simulated sites. */
  readonly sites: readonly { readonly name: string; readonly url: string }[]
  readonly people: readonly { readonly name: string; readonly about: string }[]
  readonly data: string
  /** How to start the proxy on this machine: a program and its first arguments. */
  readonly proxy: readonly string[]
}

/** Everything that a newcomer needs to try it, on one screen and a half. */
export function banner({ mcp, sites, people, data, proxy }: Demo): string {
  const width = Math.max(...people.map(({ name }) => name.length))
  const [command = '', ...args] = proxy
  return `
Telamon is running on a simulator of Atlassian Cloud. Nothing leaves this machine.

  MCP endpoint   ${mcp}
  Sign in        your client opens the browser; choose one of the people below, no password
${sites.map(({ name, url }) => `  Site           ${url} (${name}: read issues and pages in the browser)`).join('\n')}
  Data           ${data} (npm start -- --reset empties it)

People
${people.map(({ name, about }) => `  ${name.padEnd(width)}   ${about}`).join('\n')}

Claude Code
  claude mcp add --transport http telamon ${mcp}

VS Code, in .vscode/mcp.json
${indented({ servers: { telamon: { type: 'http', url: mcp } } })}

Cursor, in ~/.cursor/mcp.json
${indented({ mcpServers: { telamon: { url: mcp } } })}

Claude Desktop (through the proxy), in claude_desktop_config.json
${indented({ mcpServers: { telamon: { command, args: [...args, mcp] } } })}

Try: "Find all open bugs in project Alpha", "Summarize the Q2 planning page". Ctrl-C stops it.
`
}

function indented(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}
