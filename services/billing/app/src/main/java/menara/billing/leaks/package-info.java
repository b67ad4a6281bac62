/** Usage that would bring no money unless somebody looked: allocated but not metered, metered but not priced or not under contract. */
@NullMarked
package menara.billing.leaks;

import org.jspecify.annotations.NullMarked;
