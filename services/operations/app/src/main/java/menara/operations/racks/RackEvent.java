package menara.operations.racks;

/** What happens to a rack on the site. */
public sealed interface RackEvent permits RackEnergised {}
