/** Grows when a shape on the wire changes so that an older client must reload. */
export const contractVersion = 1;

/** Version of server, daemon and CLI; they are released together. */
export const productVersion = "0.1.0";
