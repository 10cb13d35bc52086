package dev.langchain4j.rerank.local.internal.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a hub model on disk. The ONNX file has its plain name, whichever variant was chosen.
 *
 * @param model the model as named by the user
 * @param directory contains all files
 * @param network the name in it of the file with the network
 */
record HubSnapshot(HubModel model, Path directory, String network) implements ModelFiles {

    @Override
    public boolean has(String name) {
        return name.equals(ModelFiles.ONNX) ? network.endsWith(".onnx") : Files.isRegularFile(path(name));
    }

    @Override
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    @Override
    public Path path(String name) {
        return directory.resolve(name.equals(ModelFiles.ONNX) ? network : name);
    }

    @Override
    public String locate(String name) {
        return path(name).toString();
    }

    @Override
    public String option() {
        return "modelName";
    }

    @Override
    public String toString() {
        return model.toString();
    }
}
