// A hidden tab draws no frames, so what waits for one would wait for ever. Timers stand for frames here, and every
// element counts as in view: that is how a reader who scrolls to the end of the page sees it.
(() => {
  const { setTimeout, clearTimeout, performance } = window;
  const FRAME_MILLISECONDS = 16;
  // A list that loads more whenever its end comes into view would go on for ever.
  const MAX_REPORTS_OF_AN_ELEMENT = 4;
  const reports = new WeakMap();
  const afterFrame = (callback) => setTimeout(() => callback(performance.now()), FRAME_MILLISECONDS);

  class Observer {
    #callback;
    #targets = new Set();
    #seen = new Set();
    #timer = 0;

    constructor(callback) {
      this.#callback = callback;
    }

    observe(target) {
      this.#targets.add(target);
      this.#timer ||= afterFrame(() => this.#report());
    }

    unobserve(target) {
      this.#targets.delete(target);
      this.#seen.delete(target);
    }

    disconnect() {
      this.#targets.clear();
      this.#seen.clear();
    }

    takeRecords() {
      return [];
    }

    #report() {
      this.#timer = 0;
      const isNew = (target) => !this.#seen.has(target) && (reports.get(target) ?? 0) < MAX_REPORTS_OF_AN_ELEMENT;
      const targets = [...this.#targets].filter(isNew);
      for (const target of targets) {
        this.#seen.add(target);
        reports.set(target, (reports.get(target) ?? 0) + 1);
      }
      const entries = targets.map((target) => this.entryOf(target, target.getBoundingClientRect()));
      if (entries.length) this.#callback.call(this, entries, this);
    }
  }

  window.requestAnimationFrame = afterFrame;
  window.cancelAnimationFrame = (handle) => clearTimeout(handle);
  window.IntersectionObserver = class IntersectionObserver extends Observer {
    constructor(callback, { root = null, rootMargin = "0px", threshold = 0 } = {}) {
      super(callback);
      Object.assign(this, { root, rootMargin, thresholds: [threshold].flat() });
    }

    entryOf(target, box) {
      const view = { boundingClientRect: box, intersectionRect: box, rootBounds: null };
      return { target, isIntersecting: true, intersectionRatio: 1, time: performance.now(), ...view };
    }
  };
  window.ResizeObserver = class ResizeObserver extends Observer {
    entryOf(target, box) {
      const size = [{ inlineSize: box.width, blockSize: box.height }];
      const contentRect = new DOMRect(0, 0, box.width, box.height);
      return { target, contentRect, borderBoxSize: size, contentBoxSize: size, devicePixelContentBoxSize: size };
    }
  };
})();
