import { resultForms, tiers } from '@telamon/tool-registry'
import * as z from 'zod'

const switchOf = z
  .enum(['on', 'off', 'true', 'false', '1', '0'])
  .transform((word) => word === 'on' || word === 'true' || word === '1')

const names = z
  .string()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .pipe(z.array(z.string().min(1)).min(1))

/** Words of a list with commas between them; `none` for no word at all. */
const listOf = <Word extends string>(words: readonly Word[]) =>
  z
    .string()
    .transform((list) => (list === 'none' ? [] : list.split(',').map((word) => word.trim())))
    .pipe(z.array(z.enum(words)))

const origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => new URL(text).pathname === '/',
    'must be an origin without a path, such as https://mcp.example.com',
  )
  .transform((text) => new URL(text).origin)

/** Every setting of the server, by the environment variable that holds it. The descriptions are the documentation. */
export const Settings = z.object({
  TELAMON_URL: origin
    .default('http://127.0.0.1:4180')
    .describe('The origin under which people and clients reach this server. Tokens are issued for it.'),
  TELAMON_HOST: z.string().min(1).default('127.0.0.1').describe('The address to listen on.'),
  TELAMON_PORT: z.coerce.number().int().min(1).max(65_535).default(4180).describe('The port to listen on.'),
  TELAMON_STORE: z
    .string()
    .regex(
      /^(sqlite:.+|rediss?:\/\/.+|postgres(ql)?:\/\/.+)$/,
      'must be sqlite:FOLDER, redis://HOST/DATABASE or postgres://HOST/DATABASE',
    )
    .default('sqlite:./data')
    .describe('Where sign-ins are kept: sqlite:FOLDER, redis://HOST/DATABASE or postgres://HOST/DATABASE.'),
  TELAMON_KEYS: z
    .string()
    .regex(
      /^\w+:[\w-]{43}(,\w+:[\w-]{43})*$/,
      'must be ID:SECRET[,ID:SECRET], each secret 32 bytes in base64url',
    )
    .optional()
    .describe('Root keys, the newest first. Without it a key file is made in the SQLite folder.'),
  ATLASSIAN_CLIENT_ID: z
    .string()
    .min(1)
    .describe('Client id of your OAuth 2.0 (3LO) app at developer.atlassian.com.'),
  ATLASSIAN_CLIENT_SECRET: z.string().min(1).describe('Its client secret.'),
  ATLASSIAN_AUTH: origin
    .default('https://auth.atlassian.com')
    .describe('The authorization server of Atlassian, another one for Government Cloud or the simulator.'),
  ATLASSIAN_GATEWAY: origin
    .default('https://api.atlassian.com')
    .describe('The API gateway of Atlassian, another one for Government Cloud or the simulator.'),
  TELAMON_PLAN: z
    .string()
    .default('telamon')
    .describe(
      'How much each person and site may ask for: telamon, standard, premium, enterprise or official-….',
    ),
  TELAMON_REFUSALS: z
    .enum(['result', 'http'])
    .default('result')
    .describe('How a tool call over the limit is refused: a result that the model reads, or HTTP 429.'),
  TELAMON_READONLY: switchOf
    .default(false)
    .describe('Whether every tool that changes something is left out.'),
  TELAMON_TIERS: listOf(tiers)
    .default(['read', 'write'])
    .describe('How deep tools may reach, comma-separated: read, write, delete, manage.'),
  TELAMON_CONFIRM: listOf(tiers)
    .default(['delete', 'manage'])
    .describe('The tiers whose calls a person has to agree to one by one, comma-separated, or none.'),
  TELAMON_RESULTS: z
    .enum(resultForms)
    .default('text')
    .describe('How answers are given unless a connection says otherwise: text, data or both.'),
  TELAMON_TOOLSETS: names.optional().describe('The toolsets to offer, comma-separated. All by default.'),
  TELAMON_REGISTRATION: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Whether MCP clients may register themselves (RFC 7591).'),
  TELAMON_REGISTRATIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(10)
    .describe('How many clients may register themselves from one address in an hour.'),
  TELAMON_LOG: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('How much is logged to standard error.'),
})
export type Settings = z.infer<typeof Settings>

/** Settings that do not hold, one line each, in words for the operator. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(`The settings do not hold:\n${lines.map((line) => `  ${line}`).join('\n')}`)
    this.lines = lines
  }
}

/**
 * Reads the settings from the environment. Variables that begin with `TELAMON_` and are not known are refused, since
 * a misspelt one would silently leave a default in place.
 *
 * @throws SettingsError naming each setting that is missing, malformed or unknown.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const unknown = Object.keys(given).filter(
    (name) => name.startsWith('TELAMON_') && !(name in Settings.shape),
  )
  const parsed = Settings.safeParse(given)
  const faults = [
    ...unknown.map((name) => `${name} is not a setting. Known: ${Object.keys(Settings.shape).join(', ')}.`),
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, given))),
  ]
  if (faults.length > 0 || !parsed.success) throw new SettingsError(faults)
  return parsed.data
}

function describe(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string {
  const name = String(issue.path[0])
  if (name in given) return `${name}: ${issue.message}`
  const meaning = Settings.shape[name as keyof typeof Settings.shape].description // eslint-disable-line typescript/no-unsafe-type-assertion -- issues name members of the schema
  return `${name} is missing. ${meaning ?? ''}`
}
