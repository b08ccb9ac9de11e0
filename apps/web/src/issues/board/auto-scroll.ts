import type { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";

const edgePx = 64;
const fastestPxPerFrame = 16;

/** Scrolls an element while a card is dragged near its top or bottom edge; returns how to stop. */
export function autoScrollZone(
  element: HTMLElement,
  monitor: typeof monitorForElements,
): () => void {
  let speed = 0;
  let frame: number | null = null;
  const step = () => {
    frame = null;
    if (speed === 0) return;
    element.scrollTop += speed;
    frame = requestAnimationFrame(step);
  };
  const stopMonitor = monitor({
    onDrag: ({ location }) => {
      const { clientX, clientY } = location.current.input;
      const box = element.getBoundingClientRect();
      const inside = clientX >= box.left && clientX <= box.right;
      speed = inside ? speedAt(clientY, box) : 0;
      if (speed !== 0) frame ??= requestAnimationFrame(step);
    },
    onDrop: () => {
      speed = 0;
    },
  });
  return () => {
    stopMonitor();
    if (frame !== null) cancelAnimationFrame(frame);
  };
}

function speedAt(y: number, box: DOMRect): number {
  const fromTop = y - box.top;
  const fromBottom = box.bottom - y;
  if (fromTop >= 0 && fromTop < edgePx) return -fastestPxPerFrame * (1 - fromTop / edgePx);
  if (fromBottom >= 0 && fromBottom < edgePx) return fastestPxPerFrame * (1 - fromBottom / edgePx);
  return 0;
}
