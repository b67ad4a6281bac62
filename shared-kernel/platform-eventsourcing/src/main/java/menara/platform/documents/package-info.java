/** Manners of read models that all services share: how lists are paged and how money is stored. */
@NullMarked
package menara.platform.documents;

import org.jspecify.annotations.NullMarked;
