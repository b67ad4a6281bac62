/** What an invoice says and how it follows from rated months, before it has a number. */
@NullMarked
package menara.billing.drafting;

import org.jspecify.annotations.NullMarked;
