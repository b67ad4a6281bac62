/** What the tests of every service share: a database, tokens, a clock, and the rules of the house. */
@NullMarked
package menara.testkit;

import org.jspecify.annotations.NullMarked;
