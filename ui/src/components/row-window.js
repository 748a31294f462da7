// Owns which rows of a long table exist in the page: fixed rows, virtualised, the active one always among them.
import {
  Virtualizer,
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
} from "@tanstack/virtual-core";

/** The height of a row and of the head, in px. Equal to --height-row: rows are placed by it. */
export const ROW_HEIGHT = 28;

/** A Lit controller over virtual-core. */
export class RowWindow {
  /** @type {Virtualizer<HTMLElement, HTMLElement>} */
  #virtualizer;
  #host;
  /** @type {(() => void) | undefined} */
  #unmount;
  #count = 0;
  #active = -1;

  /** @param {import("lit").ReactiveControllerHost} host @param {() => HTMLElement | null} scroller */
  constructor(host, scroller) {
    this.#host = host;
    this.#scroller = scroller;
    this.#virtualizer = new Virtualizer(this.#options());
    host.addController(this);
  }

  #scroller;

  #options() {
    return {
      count: this.#count,
      getScrollElement: this.#scroller,
      estimateSize: () => ROW_HEIGHT,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      overscan: 8,
      scrollMargin: ROW_HEIGHT,
      scrollPaddingStart: ROW_HEIGHT,
      rangeExtractor: (/** @type {import("@tanstack/virtual-core").Range} */ range) => this.#extracted(range),
      onChange: () => this.#host.requestUpdate(),
    };
  }

  /** @param {import("@tanstack/virtual-core").Range} range */
  #extracted(range) {
    const shown = defaultRangeExtractor(range);
    const away = this.#active >= 0 && this.#active < this.#count && !shown.includes(this.#active);
    return away ? [...shown, this.#active].sort((one, other) => one - other) : shown;
  }

  hostConnected() {
    this.#unmount = this.#virtualizer._didMount();
  }

  hostUpdated() {
    this.#virtualizer._willUpdate();
  }

  hostDisconnected() {
    this.#unmount?.();
  }

  /** Before rendering. @param {number} count @param {number} active the row that must exist, or -1 */
  set(count, active) {
    this.#count = count;
    this.#active = active;
    this.#virtualizer.setOptions(this.#options());
  }

  /** Rows to draw: index and distance from the top of the body, in px. */
  get rows() {
    return this.#virtualizer.getVirtualItems().map(({ index }) => ({ index, top: index * ROW_HEIGHT }));
  }

  /** First and last row in sight, or null before the first measure. */
  get range() {
    const { range } = this.#virtualizer;
    return range ? { first: range.startIndex, last: range.endIndex } : null;
  }

  /** Rows that fit into the height in sight. */
  get page() {
    const { range } = this;
    return range ? Math.max(1, range.last - range.first - 1) : 10;
  }

  /** @param {number} index */
  show(index) {
    this.#virtualizer.scrollToIndex(index, { align: "auto" });
  }
}
