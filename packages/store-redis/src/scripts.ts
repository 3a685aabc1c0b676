import type { Connection } from './connection.ts'

/** What a script is told. Texts, numbers and flags reach it as text; what is undefined does not reach it. */
type Arguments = Readonly<Record<string, Argument | Readonly<Record<string, Argument>>>>
type Argument = string | number | boolean | undefined

/** A script that is ready to be called, as often as wanted. */
type Script = (told: Arguments & { readonly now: number }) => Promise<unknown>

/** Prepares scripts that all begin with {@link preamble}. */
export type Prepare = (lua: string) => Script

/**
 * How the keys of a store are named and rows are kept. All keys begin with `KEYS[1]`, whose hash tag keeps them in one
 * slot. A row lives a minute longer than it says, so that instances whose clocks differ agree on what has ended; that
 * it has ended is for each operation to say.
 */
const preamble = `
  local a = cjson.decode(ARGV[1])
  local now = tonumber(a.now)
  local function at(kind, id) return KEYS[1] .. kind .. ':' .. id end
  local function ends(kind) return at('ends', kind) end
  local function get(kind, id, field) return redis.call('HGET', at(kind, id), field) end
  local function has(kind, id) return redis.call('EXISTS', at(kind, id)) == 1 end

  local function set(kind, id, row)
    local fields = {}
    for name, value in pairs(row) do
      fields[#fields + 1] = name
      fields[#fields + 1] = value
    end
    redis.call('HSET', at(kind, id), unpack(fields))
  end

  local function expire(kind, id, ending)
    redis.call('PEXPIRE', at(kind, id), string.format('%.0f', math.max(0, ending - now) + 60000))
    redis.call('ZADD', ends(kind), ending, id)
  end

  local function put(kind, id, row)
    redis.call('DEL', at(kind, id))
    set(kind, id, row)
    expire(kind, id, row.expiresAt)
  end

  local function drop(kind, id)
    redis.call('ZREM', ends(kind), id)
    return redis.call('DEL', at(kind, id))
  end

  local function row(kind, id) return redis.call('HGETALL', at(kind, id)) end

  local function lives(kind, id)
    local ending = get(kind, id, 'expiresAt')
    return ending and tonumber(ending) > now
  end
`

/** Scripts of one store, whose keys begin with `root`. */
export function createScripts(connection: Connection, root: string): Prepare {
  return (lua) => {
    const run = connection.prepare(preamble + lua)
    return (told) => run({ keys: [root], arguments: [JSON.stringify(told, asText)] })
  }
}

/** Lone surrogates become U+FFFD, as in any UTF-8; Redis's reader of JSON refuses them. */
function asText(_: string, value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'number' ? String(value) : value
}
