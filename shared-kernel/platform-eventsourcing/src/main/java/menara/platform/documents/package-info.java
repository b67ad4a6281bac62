/** Conventions of read models in all services: how lists are paged and how money is stored. */
@NullMarked
package menara.platform.documents;

import org.jspecify.annotations.NullMarked;
