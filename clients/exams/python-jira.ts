import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import type { Exam } from './exam.ts'

const script = fileURLToPath(new URL('python_jira.py', import.meta.url))
const python = '/usr/bin/python3'

export const pythonJira: Exam = {
  client: 'Debian python3-jira',
  missing: () =>
    spawnSync(python, ['-c', 'import jira']).status === 0 ? undefined : 'apt-get install python3-jira',
  async run({ site, email, apiToken }) {
    await promisify(execFile)(python, [script, site, email, apiToken], { timeout: 60_000 })
  },
}
