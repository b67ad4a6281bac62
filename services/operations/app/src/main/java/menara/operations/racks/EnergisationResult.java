package menara.operations.racks;

/**
 * What an energisation came to.
 *
 * @param energised racks asked for that have power now: all that are registered
 * @param unchanged those of them that had power before
 */
record EnergisationResult(int energised, int unchanged) {}
