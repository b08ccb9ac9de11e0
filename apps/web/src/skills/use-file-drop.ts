import { type DragEvent, useRef, useState } from "react";

type FileDrop = {
  readonly isOver: boolean;
  /** For the element that takes the file. */
  readonly handlers: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: () => void;
    readonly onDrop: (event: DragEvent) => void;
  };
};

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes("Files");

/** Takes one file that is dropped on an element, wherever in it. */
export function useFileDrop(onFile: (file: File) => void): FileDrop {
  // Children send their own enter and leave: only the outermost pair counts.
  const depth = useRef(0);
  const [isOver, setIsOver] = useState(false);
  const leave = (): void => {
    depth.current = Math.max(0, depth.current - 1);
    if (depth.current === 0) setIsOver(false);
  };
  return {
    isOver,
    handlers: {
      onDragEnter: (event) => {
        if (!holdsFiles(event)) return;
        depth.current += 1;
        setIsOver(true);
      },
      onDragOver: (event) => {
        if (holdsFiles(event)) event.preventDefault();
      },
      onDragLeave: leave,
      onDrop: (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        depth.current = 0;
        setIsOver(false);
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      },
    },
  };
}
