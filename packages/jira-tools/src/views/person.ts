import { fence, oneLine } from '@telamon/tool-registry'

/** What Jira says of a person. Hidden members are absent or empty. */
export interface ShownPerson {
  readonly accountId?: string
  readonly displayName?: string
  readonly emailAddress?: string
  readonly timeZone?: string
  readonly active?: boolean
  readonly accountType?: string
}

/** A person in a few lines. */
export function personText(person: ShownPerson): string {
  const { accountId = '', displayName = '', emailAddress, timeZone, active, accountType } = person
  const lines = [
    `${oneLine(displayName)}: ${accountId}`,
    emailAddress ? `E-mail: ${emailAddress}` : '',
    timeZone ? `Time zone: ${timeZone}` : '',
    active === false ? 'Deactivated.' : '',
    accountType !== undefined && accountType !== 'atlassian' ? `Account type: ${accountType}` : '',
  ]
  return fence(lines.filter(Boolean).join('\n'), { source: 'person' })
}
