import type { Fault } from './fault.ts'

/** Faults that a page offers, by what they are called there. */
export const faultPresets: Readonly<Record<string, Fault>> = {
  '429, come back in 5 seconds': { kind: 'rate-limited', retryAfter: 5, reason: 'jira-burst-based' },
  '429 without Retry-After': { kind: 'rate-limited', retryAfter: null },
  '500 with JSON': { kind: 'error', status: 500 },
  '502 as a page': { kind: 'error', status: 502, body: 'html' },
  '503, come back in 5 seconds': { kind: 'error', status: 503, retryAfter: 5 },
  'Access token expired': { kind: 'expired-token' },
  'Grant revoked': { kind: 'revoked-grant' },
  '403 by policy': { kind: 'policy' },
  'Conflict of versions': { kind: 'conflict' },
  'Written, then the answer is lost': { kind: 'lose-answer' },
  'Connection reset': { kind: 'reset' },
  'Connection reset after 100 bytes': { kind: 'reset', afterBytes: 100 },
  'No answer at all': { kind: 'hang' },
  'Answer 10 seconds late': { kind: 'slow-answer', milliseconds: 10_000 },
  'Body at 100 bytes a second': { kind: 'slow-body', bytesPerSecond: 100 },
  'JSON cut off after 100 bytes': { kind: 'truncated', bytes: 100 },
  'JSON under text/plain': { kind: 'wrong-type' },
  'A page in place of JSON': { kind: 'html' },
  'Random bytes': { kind: 'garbage', bytes: 200 },
}
