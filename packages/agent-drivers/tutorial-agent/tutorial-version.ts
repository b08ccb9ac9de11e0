/** Version that the tutorial agent introduces itself with. */
export const tutorialVersion = "0.1.0";
