/** The days on which banks pay: notice and due dates are counted in them. */
@NullMarked
package menara.investment.calendar;

import org.jspecify.annotations.NullMarked;
