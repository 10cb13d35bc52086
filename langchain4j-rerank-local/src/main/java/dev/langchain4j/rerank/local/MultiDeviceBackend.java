package dev.langchain4j.rerank.local;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The same model on several devices: a run goes to the device with the fewest running ones. */
final class MultiDeviceBackend implements InferenceBackend {

    private final List<InferenceBackend> devices;
    private final AtomicIntegerArray running;

    /**
     * Distributes runs over devices.
     *
     * @param devices at least one, with the same model; closed by this
     */
    MultiDeviceBackend(List<InferenceBackend> devices) {
        this.devices = List.copyOf(devices);
        this.running = new AtomicIntegerArray(devices.size());
    }

    @Override
    public RunLimits limits() {
        return devices.get(0).limits();
    }

    @Override
    public float[][] run(List<TokenSequence> sequences) {
        int device = idlest();
        running.incrementAndGet(device);
        try {
            return devices.get(device).run(sequences);
        } finally {
            running.decrementAndGet(device);
        }
    }

    private int idlest() {
        int idlest = 0;
        for (int device = 1; device < running.length(); device++) {
            if (running.get(device) < running.get(idlest)) {
                idlest = device;
            }
        }
        return idlest;
    }

    @Override
    public void close() {
        devices.forEach(InferenceBackend::close);
    }
}
