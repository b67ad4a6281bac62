package menara.capacity.site;

/**
 * What is wrong with one field of a document.
 *
 * @param field its JSON path, {@code halls[0].limit}
 * @param detail what is wrong and how to mend it
 */
record SiteError(String field, String detail) {}
