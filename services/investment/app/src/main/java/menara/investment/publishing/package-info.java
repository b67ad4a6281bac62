/** What of this service's events others may see. */
@NullMarked
package menara.investment.publishing;

import org.jspecify.annotations.NullMarked;
