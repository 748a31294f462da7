// Owns the shape of what the screen knows of one connection's register, and how it begins.

/**
 * @import { ControlColumn } from "../../generated/ControlColumn.ts"
 * @import { ControlDetail } from "../../generated/ControlDetail.ts"
 * @import { ControlRow } from "../../generated/ControlRow.ts"
 * @import { ControlsFacet } from "../../generated/ControlsFacet.ts"
 * @import { ControlsFilter } from "../../generated/ControlsFilter.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { SnapshotShown } from "../../generated/SnapshotShown.ts"
 * @import { SyncOutcome } from "../../generated/SyncOutcome.ts"
 * @typedef {{ column: ControlColumn, descending: boolean }} Sort
 * @typedef {{ rows: number, bytes: number, stopping: boolean }} SyncRunning
 * @typedef {"fields" | "raw"} DetailTab
 * @typedef {object} ViewState
 * @property {string} typed what stands in the search field
 * @property {string} search what is searched for: `typed` once the keys rest
 * @property {ControlsFilter[]} filters at most one a field
 * @property {Sort} sort
 * @property {boolean} reading an answer of the register is awaited
 * @property {boolean} loaded the register answered once
 * @property {number} matched
 * @property {number} total
 * @property {number} partial
 * @property {SnapshotShown | null} snapshot
 * @property {(index: number) => ControlRow | undefined} rowAt another function whenever other rows are there
 * @property {number} place grows when the list is to be shown from its top
 * @property {ControlsFacet[]} facets
 * @property {Failure | null} failure why the register could not be read
 * @property {number} selectedIndex -1 where nothing is selected or its place is not known
 * @property {string | null} selectedId
 * @property {number} together rows selected together, 0 for none
 * @property {boolean} detailOpen
 * @property {DetailTab} tab
 * @property {ControlDetail | null} detail
 * @property {Failure | null} detailFailure
 * @property {SyncRunning | null} sync
 * @property {Failure | null} syncFailure why the last sync did not end well
 * @property {SyncOutcome | null} outcome how the last sync of this run ended
 * @property {string[]} dismissed banners put away
 */

/** @returns {ViewState} */
export function initialState() {
  return {
    typed: "",
    search: "",
    filters: [],
    sort: { column: "identifier", descending: false },
    reading: false,
    loaded: false,
    matched: 0,
    total: 0,
    partial: 0,
    snapshot: null,
    rowAt: () => undefined,
    place: 0,
    facets: [],
    failure: null,
    selectedIndex: -1,
    selectedId: null,
    together: 0,
    detailOpen: false,
    tab: "fields",
    detail: null,
    detailFailure: null,
    sync: null,
    syncFailure: null,
    outcome: null,
    dismissed: [],
  };
}
