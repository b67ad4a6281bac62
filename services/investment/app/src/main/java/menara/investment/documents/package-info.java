/** How quantities stand in this service's read models, and how lists of them are paged. */
@NullMarked
package menara.investment.documents;

import org.jspecify.annotations.NullMarked;
