package dev.langchain4j.rerank.examples;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Signals of the operating system. The class that handles them, {@code sun.misc.Signal}, is supported (module
 * {@code jdk.unsupported}), but the compiler warns at every mention of it, so it is called by reflection.
 */
final class Signals {

    private Signals() {}

    /**
     * Handles a signal instead of the JVM.
     *
     * @param name without SIG, for instance {@code INT}
     * @param handler receives the number of the signal, on a thread of its own
     */
    static void handle(String name, IntConsumer handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {signalHandler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.accept((int) signal.getMethod("getNumber").invoke(arguments[0]));
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, signalHandler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (InvocationTargetException e) {
            // The signal does not exist here (Windows has no HUP), or the JVM reserves it (-Xrs): the default handling
            // stays.
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this JVM has no sun.misc.Signal: run it with the module jdk.unsupported", e);
        }
    }
}
