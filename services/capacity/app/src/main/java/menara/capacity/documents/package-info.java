/** Shared by the read models of all slices: pages of documents, and the forms of values inside documents. */
@NullMarked
package menara.capacity.documents;

import org.jspecify.annotations.NullMarked;
