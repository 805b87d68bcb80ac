/// What the tests of the connectors stand on: a log in memory, and real database servers.
package io.replog.connectors.testing;
