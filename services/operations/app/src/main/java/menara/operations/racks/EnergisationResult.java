package menara.operations.racks;

/**
 * The result of an energisation.
 *
 * @param energised racks of the request that have power now: all that are registered
 * @param unchanged those of them that had power before
 */
record EnergisationResult(int energised, int unchanged) {}
