import type { Client } from '../src/clients/clients.ts'
import { clients } from '../src/clients/clients.ts'
import { usages, writtenAs } from '../src/help.ts'
import { groups } from '../src/settings/option-row.ts'
import { optionNames, options } from '../src/settings/options.ts'

/** The parts of the README that follow from the program, by the name in their markers. */
export const parts: Readonly<Record<string, () => string>> = {
  commands: () =>
    table(
      ['Command', 'What it does'],
      usages.map(([command, text]) => [`\`telamon-proxy ${command}\``, text]),
    ),
  clients: () =>
    Object.entries(clients)
      .map(([name, client]) => section(name, client))
      .join('\n\n'),
  options: () =>
    groups
      .map((group) => {
        const names = optionNames.filter((name) => options[name].group === group)
        const rows = names.map((name) => [`\`${writtenAs(name)}\``, options[name].text])
        return `### ${group}\n\n${table(['Option', ''], rows)}`
      })
      .join('\n\n'),
}

/** A README with these parts as they are now. */
export function withParts(text: string): string {
  return Object.entries(parts).reduce((current, [name, part]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const [from, to] = [current.indexOf(start), current.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`The README has no place for ${name}.`)
    return `${current.slice(0, from + start.length)}\n\n${part()}\n\n${current.slice(to)}`
  }, text)
}

function section(name: string, client: Client): string {
  const systems = [
    ['Linux', 'linux'],
    ['macOS', 'darwin'],
    ['Windows', 'win32'],
  ] as const
  const environment = { HOME: '~', APPDATA: '%APPDATA%' }
  const files = systems.map(([system, platform]) => [system, client.file({ platform, environment })] as const)
  const isSame = new Set(files.map(([, file]) => file)).size === 1
  const where = isSame
    ? `\`${files[0]?.[1]}\``
    : files.map(([system, file]) => `\`${file}\` (${system})`).join(', ')
  const entry = { ...client.extra, command: 'npx', args: ['-y', '@telamon/proxy', 'https://mcp.example/mcp'] }
  const example = JSON.stringify({ [client.member]: { example: entry } }, undefined, 2)
  const fence = '```'
  return `### ${client.title}\n\n${fence}\nnpx -y @telamon/proxy install ${name} https://mcp.example/mcp\n${fence}\n\nor by hand, in ${where}:\n\n${fence}json\n${example}\n${fence}\n\n${client.afterwards}`
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [lineOf(headings), lineOf(headings.map(() => '---')), ...rows.map(lineOf)].join('\n')
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
