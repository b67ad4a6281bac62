/** The events of this service that others may see. */
@NullMarked
package menara.investment.publishing;

import org.jspecify.annotations.NullMarked;
