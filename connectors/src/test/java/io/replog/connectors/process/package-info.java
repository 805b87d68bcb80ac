/// The connectors as a whole: started, called, and killed.
package io.replog.connectors.process;
