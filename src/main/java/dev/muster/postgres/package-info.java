/** PostgreSQL: the embedded server, migrations, and the one class that hands out connections, bound to a tenant. */
@NullMarked
package dev.muster.postgres;

import org.jspecify.annotations.NullMarked;
