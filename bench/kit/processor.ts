import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}

const ticksPerSecond = once(
  () => Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100,
)

/** Whether a process can be pinned to a processor here. */
export const canPin = once(
  () => availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0,
)

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined // There is no /proc here, or the process has gone.
  }
}

/** Seconds of processor time of this process, to the microsecond. */
export function ownCpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Seconds of processor time that a process has used since it began, in steps of one tick (10 ms). */
export function cpuOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`)
  if (stat === undefined) return NaN
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond()
}

/** Resident memory of a process in MiB. */
export function memoryOf(pid: number): number {
  const status = read(`/proc/${pid}/status`) ?? ''
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024
}

/** Seconds since boot in which the processors were busy, and in which the host gave them to others. */
function machineCpu(): { busy: number; stolen: number } {
  const line = read('/proc/stat')?.split('\n', 1)[0]
  if (line === undefined) return { busy: NaN, stolen: NaN }
  const [user = NaN, nice = NaN, system = NaN, , , irq = NaN, softirq = NaN, stolen = NaN] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return {
    busy: (user + nice + system + irq + softirq) / ticksPerSecond(),
    stolen: stolen / ticksPerSecond(),
  }
}

/** What a sample cost: seconds on the wall, of this process, of each watched process; processors used by others. */
export interface Sample {
  readonly seconds: number
  readonly own: number
  readonly of: readonly number[]
  readonly foreign: number
  readonly steal: number
}

/** Begins a sample over this process and `pids`; the function it returns ends it. `extra`: seconds of ended processes. */
export function meter(pids: readonly number[] = []): (extra?: number) => Sample {
  const begin = { at: performance.now(), own: ownCpu(), of: pids.map(cpuOf), machine: machineCpu() }
  return (extra = 0) => {
    const seconds = (performance.now() - begin.at) / 1000
    const own = ownCpu() - begin.own
    const of = pids.map((pid, index) => cpuOf(pid) - (begin.of[index] ?? NaN))
    const { busy, stolen } = machineCpu()
    const ours = of.reduce((sum, used) => sum + used, own + extra)
    const foreign = Math.max(0, (busy - begin.machine.busy - ours) / seconds)
    return { seconds, own, of, foreign, steal: (stolen - begin.machine.stolen) / seconds }
  }
}

/** A function that waits until others use less than 0.2 processors, for `patience` milliseconds in all. */
export function quietWaiter(patience = 120_000): () => Promise<void> {
  let left = patience
  return async () => {
    for (; left > 0; left -= 400) {
      const end = meter()
      await sleep(400)
      if (end().foreign < 0.2) return
    }
  }
}
