package menara.operations.racks;

/**
 * What an energisation changed.
 *
 * @param energised racks that were dark and now have power
 * @param unchanged racks that had power already
 */
record EnergisationResult(int energised, int unchanged) {}
