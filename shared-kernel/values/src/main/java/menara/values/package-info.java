/** Quantities, money, periods and identities that every service speaks: JDK only, immutable, exact. */
@NullMarked
package menara.values;

import org.jspecify.annotations.NullMarked;
