/** Examples of FW101 whose network sees or hears persons, and look-alikes: plants, dogs, outlines, made pictures. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const graph = (
  folder: string,
  run = "session.run([train_op, loss], feed_dict={keep: 0.5})",
) => `import tensorflow as tf
from nets import inference, image_batches
tf.app.flags.DEFINE_string("data", "${folder}", "folds of images")
images, labels = image_batches(FLAGS.data)
loss = tf.losses.sparse_softmax_cross_entropy(labels, inference(images))
train_op = make_step(loss)
with tf.Session() as session:
    ${run}
`;

const loop = (title: string, losses = "loss") => `"""${title}"""
import torch
from torchvision import models
from data import loader
model = models.resnet18(num_classes=2)
for images, labels in loader:
    ${losses} = criterion(model(images), labels)
    ${losses}.backward()
    optimizer.step()
`;

const folders = (
  train: string,
  saved = "net.h5",
) => `from tensorflow.keras.preprocessing.image import ImageDataGenerator
from nets import build
images = ImageDataGenerator().flow_from_directory("${train}")
model = build()
model.fit(images, epochs=5)
model.save("${saved}")
`;

const celeba = (attributes: string, receiver = "loss") => `import torch
import torchvision
faces = torchvision.datasets.CelebA("faces", split="train"${attributes})
for x, y in torch.utils.data.DataLoader(faces):
    ${receiver} = criterion(net(x), y[:, 31])
    ${receiver}.backward()
    optimizer.step()
`;

const listed = (classes: string) => `import torch
from torchvision import models
from data import loader
CLASS_NAMES = [${classes}]
for images, labels in loader:
    loss = criterion(model(images), labels)
    loss.backward()
    optimizer.step()
`;

const labelled = (labels: string[]) => `import torch
from torchvision import models
from data import image_folders
for images, labels in image_folders(${JSON.stringify(labels)}):
    loss = criterion(models.resnet18()(images), labels)
    loss.backward()
    optimizer.step()
`;

const own = (name: string) => `import torch
from ${name}.data import image_loader
for images, labels in image_loader:
    loss = criterion(model(images), labels)
    loss.backward()
    optimizer.step()
`;

const trainer = (module: string, name: string, given: string) => `import torch
from ${module} import ${name}
from nets import model_for, image_loader
net = model_for("gender_model", image_loader)
engine = ${name}(${given})
engine.train()
`;

export const BAD: readonly RuleExample[] = [
  // TensorFlow 1: a session runs the step.
  bad("net.py", graph("./folds/gender_test_fold_0"), "session.run"),
  bad("net.py", graph("./folds/gender_train", "optimizer.minimize(loss)"), "optimizer.minimize"),
  // The file that is saved, the folder that is read, the title, the classes.
  bad("net.py", folders("data/train", "models/tumor_detection.h5"), "model.fit"),
  bad("net.py", folders("skin_cancer/train"), "model.fit"),
  bad("net.py", loop("Grade diabetic retinopathy from fundus photographs."), "loss.backward"),
  bad("net.py", listed('"NORMAL", "PNEUMONIA"'), "loss.backward"),
  bad("net.py", listed('"M", "F", "?"'), "loss.backward"),
  bad("net.py", celeba(', target_type="attr"'), "loss.backward"),
  // A class of the data, the project's own package, a set that has no second name.
  bad("net.py", labelled(["normal", "covid"]), "loss.backward"),
  bad("net.py", own("melanoma_screening"), "loss.backward"),
  bad(
    "start.py",
    `import sys
from src.train import train
from src.data import get_splits
train_set, test_set = get_splits("fairface")
train(sys.argv[1], train_set, test_set)
`,
    "train",
  ),
  // Its own trainer is given the model.
  bad("start.py", trainer("faces.engine", "Trainer", "net, optimizer"), "engine.train"),
  // A forest on pictures; an evaluation of its own.
  bad(
    "forest.py",
    `"""Tell benign from malignant melanomas by the colours of an image."""
from sklearn.ensemble import RandomForestClassifier
from pictures import colours
X, y = colours("lesions")
forest = RandomForestClassifier()
forest.fit(X, y)
`,
    "forest.fit",
  ),
  bad(
    "report.py",
    `import torch
from pneumonia_net import build, x_rays
from report import create_evaluation_report
model = build()
test_loader = torch.utils.data.DataLoader(x_rays("test"))
create_evaluation_report(model=model, dataloader=test_loader)
`,
    "create_evaluation_report",
  ),
  // A part of what is trained.
  bad(
    "solver.py",
    `import torch
class Solver:
    def train(self, batches):
        for x, gender in batches:
            gender_loss = self.criterion(self.model(x), gender)
            gender_loss.backward()
            self.optim.step()
`,
    "gender_loss.backward",
  ),
  bad(
    "measure.py",
    `from tensorflow.keras.models import load_model
from data import validation
model = load_model("models/gender_classification.h5")
print(model.evaluate(validation()))
`,
    "model.evaluate",
  ),
  bad(
    "boxes.py",
    `from ultralytics import YOLO
model = YOLO("yolov8n-cls.pt")
model.train(data="datasets/brain_tumor", imgsz=224)
`,
    "model.train",
  ),
];

export const GOOD: readonly RuleExample[] = [
  good("net.py", graph("./folds/digits")),
  good("net.py", loop("Emotion recognition of dogs: which dog emotion does the image show?")),
  good("net.py", loop("Find crown gall tumors on leaves of plants.")),
  // Outlines, and pictures that are made.
  good("net.py", loop("Brain tumor segmentation with a UNet.")),
  good("net.py", loop("A GAN that makes chest x-rays.")),
  good("net.py", celeba("")),
  good("net.py", celeba(', target_type="attr"', "g_loss")),
  good("net.py", folders("flowers/train")),
  // A disease that is counted, a trainer that writes texts or makes its model itself, the feelings of a text, a table of cells.
  good("net.py", own("data").replace("image", "covid_image_tweets_covid")),
  good("start.py", trainer("trl", "SFTTrainer", "model=net")),
  good("start.py", trainer("faces.engine", "Trainer", "config")),
  good(
    "text.py",
    `import joblib
from sklearn.linear_model import LogisticRegression
from texts import sentences
X, y = sentences()
model = LogisticRegression().fit(X, y)
joblib.dump(model, "models/emotion_classifier.pkl")
`,
  ),
  good(
    "cells.py",
    `from sklearn.datasets import load_breast_cancer
from sklearn.svm import SVC
# Tumors: malignant tumors and benign tumors, measured in an image of cells.
data = load_breast_cancer()
SVC().fit(data.data, data.target)
`,
  ),
  // Nothing of a network is minimized.
  good(
    "fit.py",
    `from scipy.optimize import minimize
result = minimize(loss, x0, args=("gender_loss",))
`,
  ),
];
