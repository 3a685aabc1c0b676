import { isListed } from './tool-rows.ts'
import type { ToolRow } from './tool-rows.ts'

/** The page of the documentation that names every tool. */
export function toolsPage(rows: readonly ToolRow[]): string {
  const toolsets = [...new Set(rows.map(({ toolset }) => toolset))]
  return [
    '# Tools',
    '',
    'Made by `npm run tools:report -- --write`, and held in step by a test. **Listed** tools are what a connection sees;',
    '`discover` finds all others, and the operations of the five documents that have no tool of their own. Tools of the tiers',
    '`delete` and `manage` are off until `TELAMON_TIERS` names them.',
    ...toolsets.flatMap((toolset) => tableOf(toolset, rows)),
    '',
  ].join('\n')
}

function tableOf(toolset: string, rows: readonly ToolRow[]): readonly string[] {
  const head = [
    '',
    `## ${toolset}`,
    '',
    '| tool | tier | listed | does | answers also to |',
    '| --- | --- | --- | --- | --- |',
  ]
  return head.concat(rows.filter((row) => row.toolset === toolset).map(rowText))
}

function rowText(row: ToolRow): string {
  const { name, tier, title, aliases } = row
  const others = aliases.map((alias) => `\`${alias}\``).join(' ')
  return `| \`${name}\` | ${tier} | ${isListed(row) ? 'yes' : ''} | ${title} | ${others} |`
}
