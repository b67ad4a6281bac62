/** Capital calls: drafted by one person, issued by another once the milestone is reached, paid by contributions. */
@NullMarked
package menara.investment.calls;

import org.jspecify.annotations.NullMarked;
