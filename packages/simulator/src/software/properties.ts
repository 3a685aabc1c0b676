import {
  deleteBoardProperty,
  deleteProperty,
  getBoardProperty,
  getBoardPropertyKeys,
  getPropertiesKeys,
  getProperty,
  setBoardProperty,
  setProperty,
} from '@telamon/jira/software'

import type { Served } from '../http/call.ts'
import { propertyHandlers } from '../properties/entity-properties.ts'
import { administersBoard, boardOf } from './boards-in-sight.ts'
import { agileError, refuseAgile } from './refuse.ts'
import { agile } from './sprint-view.ts'
import { managedSprintOf, sprintOf } from './sprints-in-sight.ts'

/** Properties of boards, which its administrators change, and of sprints, which those change who manage them. */
export const softwarePropertyHandlers: readonly Served[] = [
  ...propertyHandlers(
    { list: getBoardPropertyKeys, get: getBoardProperty, set: setBoardProperty, remove: deleteBoardProperty },
    {
      error: agileError,
      holderOf(call, access) {
        const board = boardOf(call)
        if (access === 'write' && !administersBoard(call, board)) {
          return refuseAgile(403, 'You do not have permission to change this board.')
        }
        return { properties: board.properties, address: agile(call, `board/${board.id}/properties`) }
      },
    },
  ),
  ...propertyHandlers(
    { list: getPropertiesKeys, get: getProperty, set: setProperty, remove: deleteProperty },
    {
      error: agileError,
      holderOf(call, access) {
        const { id, properties } = access === 'read' ? sprintOf(call) : managedSprintOf(call)
        return { properties, address: agile(call, `sprint/${id}/properties`) }
      },
    },
  ),
]
