import { clients } from './clients/clients.ts'
import { groups } from './settings/option-row.ts'
import type { OptionRow } from './settings/option-row.ts'
import { optionNames, options } from './settings/options.ts'
import type { OptionName } from './settings/options.ts'

/** What can be done, and how it is written. */
export const usages: readonly (readonly [command: string, text: string])[] = [
  ['URL [PORT]', 'run; PORT fixes the port that the browser comes back to'],
  ['login URL [PORT]', 'sign in now, and not at the first use'],
  ['logout URL', 'give the sign-in back and forget it'],
  ['status [URL]', 'show what is stored, without secrets'],
  ['list', 'show the servers that somebody is signed in to, one a line'],
  ['check URL', 'try everything on the way to the server, and say in words what is wrong'],
  ['import URL', 'take over the sign-in that mcp-remote has stored for the same address'],
  ['install CLIENT URL', `write a client's configuration: ${Object.keys(clients).join(', ')}`],
]

/** How an option is written. */
export function writtenAs(name: OptionName): string {
  const { value }: OptionRow = options[name]
  const long = value === undefined ? `--${name}` : `--${name} ${value}`
  return name === 'help' ? `-h, ${long}` : long
}

const width = 100
const column = 26

/** The text of `--help`. */
export function helpText(): string {
  const commands = usages.map(([command, text]) => entry(`telamon-proxy ${command}`, text, column + 10))
  const parts = groups.map((group) => {
    const names = optionNames.filter((name) => options[name].group === group)
    return [group, ...names.map((name) => entry(writtenAs(name), options[name].text, column))].join('\n')
  })
  return [
    'telamon-proxy: connects a program that speaks MCP on stdio with a remote MCP server',
    commands.join('\n'),
    ...parts,
    [
      'Options may stand anywhere, with a space or a = before their value. Each can also stand in the',
      'environment, as TELAMON_PROXY_ and its name in capitals with _ for -, and in the file of --config.',
      'The command line comes first, then the environment, then the file. The program that BROWSER names',
      'opens addresses, if it is set.',
    ].join('\n'),
  ].join('\n\n')
}

/** A name and what it means, in two columns. */
function entry(name: string, text: string, indent: number): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + word.length + 1 > width - indent) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  const padding = `\n${' '.repeat(indent)}`
  const head = `  ${name}`
  return head.length < indent
    ? head.padEnd(indent) + lines.join(padding)
    : head + padding + lines.join(padding)
}
