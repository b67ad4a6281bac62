/** Credits of months that are over follow the charges that became known since. */
@NullMarked
package menara.billing.reassessment;

import org.jspecify.annotations.NullMarked;
